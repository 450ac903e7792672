/** Smallest and largest value that a picture or a colour bar spans. */
export interface Range {
  min: number
  max: number
}
