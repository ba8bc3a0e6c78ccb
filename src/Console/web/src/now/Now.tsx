import { useDesk } from "../desk/context";

export function Now(_: { isWall: boolean }) {
  const desk = useDesk();
  return <p>{desk.site}</p>;
}
