import { Repository, sourceFile } from '../src/index.ts';

const services = ['api', 'web', 'worker', 'batch', 'auth', 'events'];

/** How many workflows each family has. */
export const families: Readonly<Record<string, number>> = {
  production: 6,
  staging: 6,
  testing: 6,
  nationwide: 4,
};

/** 22 release workflows in four families, all with the keys of their family's deployment user. */
function fleetFiles(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [family, count] of Object.entries(families)) {
    for (const service of services.slice(0, count)) {
      files[`.github/workflows/${family}-${service}.yml`] = workflow(family, service);
    }
  }
  return files;
}

/** The fleet as one repository. */
export function fleetRepository(): Repository {
  const files = Object.entries(fleetFiles()).map(([path, text]) => sourceFile(path, text));
  return new Repository({ name: 'acme/platform', prefix: '', files });
}

function workflow(family: string, service: string): string {
  const secret = `ACME_${family.toUpperCase()}_DEPLOYMENT_AWS_USER`;
  const inputs = service !== 'worker' && service !== 'batch';
  const credentials = inputs
    ? `      - name: Configure AWS credentials
        uses: aws-actions/configure-aws-credentials@v4
        with:
          aws-access-key-id: \${{ secrets.${secret}_KEY_ID }}
          aws-secret-access-key: \${{ secrets.${secret}_KEY_SECRET }}
          aws-region: us-east-1
      - run: ./deploy.sh ${service} ${family}
`
    : `      - run: ./deploy.sh ${service} ${family}
        env:
          AWS_ACCESS_KEY_ID: \${{ secrets.${secret}_KEY_ID }}
          AWS_SECRET_ACCESS_KEY: \${{ secrets.${secret}_KEY_SECRET }}
          AWS_REGION: us-east-1
`;
  return `name: ${family} ${service}
on:
  push:
    branches: [${family === 'production' ? 'main' : family}]
permissions:
  contents: write
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
${credentials}`;
}
