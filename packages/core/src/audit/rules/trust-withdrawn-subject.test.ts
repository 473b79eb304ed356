import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-withdrawn-subject');
