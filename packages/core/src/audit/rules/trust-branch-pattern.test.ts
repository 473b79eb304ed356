import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-branch-pattern');
