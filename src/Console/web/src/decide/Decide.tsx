import { useDesk } from "../desk/context";

export function Decide(_: { id: string | null }) {
  const desk = useDesk();
  return <p>{desk.site}</p>;
}
