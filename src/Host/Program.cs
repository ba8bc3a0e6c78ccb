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
    CheckCommand.Create(),
    DeviceCommand.Create(clock),
    ImportCommand.Create(clock),
};
var parsed = root.Parse(args);
var answer = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCode.WrongUse : answer;
