import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-custom-subject');
