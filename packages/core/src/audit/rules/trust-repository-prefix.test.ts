import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-repository-prefix');
