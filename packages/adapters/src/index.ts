export { isAwsFailure, type AwsFailure } from './aws/failure.ts';
export { takeSnapshot, type SnapshotOptions, type TakenSnapshot } from './aws/snapshot.ts';
export { hclEngine, scriptEngine } from './engine.ts';
export { discover, type DiscoverOptions } from './files/discover.ts';
export { countWorkflows } from './files/count.ts';
export { displayPath } from './files/display.ts';
export { errorCode, failureText } from './files/failure.ts';
export { findPolicyFiles, type FoundPolicies, type PolicySearch } from './files/policies.ts';
export { readPolicyFiles, type PolicyFiles } from './files/policy-target.ts';
export { defaultMaxFileSize } from './files/read.ts';
export { readTarget, type ReadOptions, type ReadRepository } from './files/repository.ts';
export type {
  Discovery,
  EmptyPath,
  FileTarget,
  RepositoryTarget,
  SearchNote,
  Target,
} from './files/target.ts';
export { readTextFile, type TextFile } from './files/text-file.ts';
export { lineDates, type WantedLines } from './git/blame.ts';
export { gitFacts, lazyGitFacts, type GitAnswers } from './git/facts.ts';
export type { GitHubAnswer } from './github/answer.ts';
export { readSubject } from './github/lazy.ts';
export type { SubjectReading, SubjectRequest } from './github/subject.ts';
export { gitRemote, type GitRemote } from './git/remote.ts';
export { treeState, type TreeState } from './git/status.ts';
export { writeAll, writeFileAtomically, type FileWrite, type WriteResult } from './write.ts';
