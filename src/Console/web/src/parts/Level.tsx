import type { Level as Is } from "../desk/desk";
import { levelName } from "../words/names";

/** A level in its official colour and words. */
export const Level = ({ is, says }: { is: Is; says?: string }) => <span class={`badge risk level-${is}`}>{says ?? levelName(is)}</span>;
