using System.CommandLine;
using CanhLu.Host.Commands;

var parsed = new RootCommand("canhlu") { CheckCommand.Create() }.Parse(args);
var code = parsed.Invoke();
return parsed.Errors.Count > 0 ? 2 : code;
