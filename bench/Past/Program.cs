using System.CommandLine;
using CanhLu.Bench;

var stations = new Option<int>("--stations") { Description = "how many stations", DefaultValueFactory = _ => 100 };
var days = new Option<int>("--days") { Description = "how many days at a reading a minute", DefaultValueFactory = _ => 365 };
var peerDays = new Option<int>("--peer-days") { Description = "how many of the days vmalert replays; 0 for none", DefaultValueFactory = _ => 7 };
var folder = new Option<string>("--folder") { Description = "where the record is written, some 17 MB a day", DefaultValueFactory = _ => Path.GetTempPath() };
var root = new RootCommand("Backtests a made-up record, and has vmalert replay the same rules over VictoriaMetrics, in one run. Exit code 1 when a target is missed.")
{
    stations, days, peerDays, folder,
};
root.SetAction((parsed, token) => Bench.RunAsync(
    parsed.GetValue(stations), parsed.GetValue(days), parsed.GetValue(peerDays), parsed.GetValue(folder)!, token));
return await root.Parse(args).InvokeAsync();
