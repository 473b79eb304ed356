import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-tag-pattern');
