import { useDesk } from "../desk/context";

export function Devices(_: { id: string | null }) {
  const desk = useDesk();
  return <p>{desk.site}</p>;
}
