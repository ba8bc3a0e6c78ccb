import { useDesk } from "../desk/context";

export function Station(_: { id: string; query: URLSearchParams }) {
  const desk = useDesk();
  return <p>{desk.site}</p>;
}
