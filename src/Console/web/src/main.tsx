import { render } from "preact";
import { Gate } from "./accounts/Gate";
import "./design/tokens.css";
import "./design/base.css";
import { Shell } from "./shell/Shell";

render(<Gate><Shell /></Gate>, document.getElementById("app")!);
