import { render } from "preact";
import { Gate } from "./accounts/Gate";
import { App } from "./App";
import "./style.css";

render(<Gate><App /></Gate>, document.getElementById("app")!);
