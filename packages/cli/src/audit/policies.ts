import { hclEngine, type PolicyFiles } from '@sallyport/adapters';
import { examinePolicyFiles, type RepositoryPolicies } from '@sallyport/core';

/** Examines files of policies; the grammar of Terraform is loaded only where there is such a file. */
export async function examine({ policies, unreadable }: PolicyFiles): Promise<RepositoryPolicies> {
  const terraform = policies.some(({ path }) => /\.(?:tf|tofu)$/.test(path));
  const examined = examinePolicyFiles(policies, terraform ? await hclEngine() : undefined);
  return { ...examined, unreadable };
}
