import { testCorpus } from '../../../test/audit.ts';

testCorpus('trust-organization-wide');
