import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-literal-wildcard');
