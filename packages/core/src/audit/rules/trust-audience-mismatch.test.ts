import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-audience-mismatch');
