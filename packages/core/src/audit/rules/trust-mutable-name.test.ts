import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-mutable-name');
