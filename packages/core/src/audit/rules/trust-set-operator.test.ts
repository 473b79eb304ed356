import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-set-operator');
