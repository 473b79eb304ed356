import { testCorpus } from '../../../test/audit.ts';

testCorpus('static-aws-credentials');
