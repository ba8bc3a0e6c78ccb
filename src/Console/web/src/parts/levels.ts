import type { Level } from "../desk/desk";

const levels: Level[] = ["None", "I", "II", "III"];

/** None 0, I 1, II 2, III 3: for sorting and for the worse of two. */
export const levelOrder = (level: Level): number => levels.indexOf(level);

export const worse = (a: Level, b: Level): Level => (levelOrder(a) >= levelOrder(b) ? a : b);
