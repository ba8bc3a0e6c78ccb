using System.CommandLine;
using CanhLu.Host.Commands;

return new RootCommand("canhlu") { CheckCommand.Create() }.Parse(args).Invoke();
