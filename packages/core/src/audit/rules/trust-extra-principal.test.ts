import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-extra-principal');
