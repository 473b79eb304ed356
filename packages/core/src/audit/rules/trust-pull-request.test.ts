import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-pull-request');
