import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-any-owner');
