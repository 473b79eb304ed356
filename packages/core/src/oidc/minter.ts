import { anything } from './any-token.ts';
import { numericId, ownerName, repositoryName } from './grammar/names.ts';
import { free, type Phrase } from './phrase.ts';
import type { KnownRepository } from './run-tokens.ts';

/** Whose workflows ask for the tokens. */
export type Minter =
  | { readonly kind: 'anyone' }
  /** Every owner but this one; names are compared without case, as GitHub does. */
  | { readonly kind: 'other-owner'; readonly owner: KnownOwner }
  /** Any repository of this owner. */
  | { readonly kind: 'owner'; readonly owner: KnownOwner }
  /** Another repository of the same owner. */
  | { readonly kind: 'sibling'; readonly repository: KnownRepository }
  /** This repository itself. */
  | { readonly kind: 'repository'; readonly repository: KnownRepository }
  /** Everybody but this repository: other owners, and its siblings. */
  | { readonly kind: 'not-repository'; readonly repository: KnownRepository }
  /** Made anew under the same name by the same owner, so that its id is another. */
  | { readonly kind: 'recycled-repository'; readonly repository: KnownRepository }
  /** Both names registered anew by somebody else, after a rename or a deletion. */
  | { readonly kind: 'recycled-owner'; readonly repository: KnownRepository };

/** An owner by name, and by id where it is known. */
interface KnownOwner {
  readonly name: string;
  readonly id?: string | undefined;
}

/** The names and ids of the repositories that a minter has. */
export interface MinterPhrases {
  readonly owner: Phrase;
  readonly ownerId: Phrase;
  readonly name: Phrase;
  readonly id: Phrase;
  readonly notes: readonly string[];
}

/** What a minter's tokens say about the repository; several where no one phrase can say it. */
export function minterPhrases(minter: Minter): readonly MinterPhrases[] {
  switch (minter.kind) {
    case 'anyone':
      return [{ ...anyRepository, owner: anything.owner, ownerId: anything.ownerId }];
    case 'other-owner':
      return [
        {
          ...anyRepository,
          owner: free({ name: 'owner', letters: ownerName([minter.owner.name]) }),
          ownerId: otherId('ownerId', minter.owner.id, anything.ownerId),
        },
      ];
    case 'owner':
      return [{ ...anyRepository, ...ownerPhrases(minter.owner) }];
    case 'sibling':
      return [
        {
          ...ownerPhrases(ownerOf(minter.repository)),
          name: free({ name: 'repository', letters: repositoryName([minter.repository.name]) }),
          id: otherId('repositoryId', minter.repository.id, anything.repositoryId),
          notes: [],
        },
      ];
    case 'repository':
      return [
        {
          ...ownerPhrases(ownerOf(minter.repository)),
          name: [minter.repository.name],
          id: minter.repository.id === undefined ? anything.repositoryId : [minter.repository.id],
          notes: [],
        },
      ];
    case 'not-repository':
      return [
        ...minterPhrases({ kind: 'other-owner', owner: ownerOf(minter.repository) }),
        ...minterPhrases({ kind: 'sibling', repository: minter.repository }),
      ];
    case 'recycled-repository':
      return [{ ...recycled(minter.repository), ...ownerPhrases(ownerOf(minter.repository)) }];
    case 'recycled-owner':
      return [recycled(minter.repository)];
    default:
      return minter satisfies never;
  }
}

const anyRepository: Pick<MinterPhrases, 'name' | 'id' | 'notes'> = {
  name: anything.repository,
  id: anything.repositoryId,
  notes: [],
};

function ownerOf(repository: KnownRepository): KnownOwner {
  return { name: repository.owner, id: repository.ownerId };
}

function ownerPhrases({ name, id }: KnownOwner): Pick<MinterPhrases, 'owner' | 'ownerId'> {
  return { owner: [name], ownerId: id === undefined ? anything.ownerId : [id] };
}

function otherId(name: string, id: string | undefined, any: Phrase): Phrase {
  return id === undefined ? any : free({ name, letters: numericId([id]) });
}

function recycled(repository: KnownRepository): MinterPhrases {
  return {
    owner: [repository.owner],
    ownerId: otherId('ownerId', repository.ownerId, anything.ownerId),
    name: [repository.name],
    id: otherId('repositoryId', repository.id, anything.repositoryId),
    notes:
      repository.id === undefined
        ? ['the id of the repository is not known, so the one made anew cannot be told from it']
        : [],
  };
}
