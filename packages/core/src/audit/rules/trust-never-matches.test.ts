import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-never-matches');
