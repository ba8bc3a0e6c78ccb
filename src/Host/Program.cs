using System.CommandLine;
using CanhLu.Host.Commands;
using NodaTime;

#pragma warning disable RS0030 // the composition of the program: the one place that takes the real clocks
var clock = SystemClock.Instance;
var time = TimeProvider.System;
#pragma warning restore RS0030

var root = new RootCommand("Canh Lũ: trực lũ sông Bàn Thạch – Tam Kỳ. Keeps watch over the flood: takes in water levels, judges them, tells people.")
{
    RunCommand.Create(clock, time),
    DemoCommand.Create(time),
    DrillCommand.Create(time),
    CheckCommand.Create(),
    BacktestCommand.Create(time),
    QcCommand.Create(),
    DeviceCommand.Create(clock),
    UserCommand.Create(clock, time),
    ImportCommand.Create(clock, time),
    ExportCommand.Create(clock, time),
    RosterCommand.Create(clock),
    ExplainCommand.Create(clock, time),
    LedgerCommand.Create(clock),
    LedgerCommand.CreateVerify(),
    SmsCommand.Create(),
    ReportCommand.Create(clock, time),
    BackupCommand.Create(clock, time),
    WatchdogCommand.Create(clock, time),
    RestoreCommand.Create(),
};
ParseResult parsed;
try
{
    // Who says nothing is shown what can be said. A text may begin with @: that is no file of further arguments.
    parsed = root.Parse(args.Length == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
}
// The library lets a check ask for a value that it could not read, and throws what it would have said of it (dotnet/command-line-api, issue 2645).
catch (InvalidOperationException unreadable)
{
    await System.Console.Error.WriteLineAsync(unreadable.Message);
    return ExitCode.WrongUse;
}
// A stop drains what was taken in: the engine itself sees to it that this ends.
var answer = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
return parsed.Errors.Count > 0 ? ExitCode.WrongUse : answer;
