import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-owner-prefix');
