import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-audience-not-pinned');
