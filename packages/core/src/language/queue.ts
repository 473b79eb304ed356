/** Items with whole-number priorities from 0, small ones first, equal ones in the order they came. */
export class Queue<Item> {
  readonly #buckets: Item[][] = [];
  #lowest = 0;
  #taken = 0;

  /** Adds an item; its priority is never less than that of the last one taken. */
  add(priority: number, item: Item): void {
    while (this.#buckets.length <= priority) this.#buckets.push([]);
    this.#buckets[priority]?.push(item);
  }

  /** Removes the first item; undefined when there is none. */
  take(): Item | undefined {
    while (this.#lowest < this.#buckets.length) {
      const bucket = this.#buckets[this.#lowest];
      if (bucket !== undefined && this.#taken < bucket.length) {
        this.#taken += 1;
        return bucket[this.#taken - 1];
      }
      this.#buckets[this.#lowest] = [];
      this.#lowest += 1;
      this.#taken = 0;
    }
    return undefined;
  }
}
