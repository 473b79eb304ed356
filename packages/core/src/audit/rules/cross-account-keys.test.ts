import { testCorpus } from '../../../test/audit.ts';

testCorpus('cross-account-keys');
