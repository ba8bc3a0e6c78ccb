using System.Buffers;
using System.Collections.Concurrent;
using System.Threading.Channels;

namespace CanhLu.Backtest.Records;

/// <summary>A readings file: <c>measured_at,station,series,value</c>, in the order of time.</summary>
/// <remarks>
/// <code>
///  disk ──blocks of whole lines──▶ parsers, one a core ──pages in the file's order──▶ the judge
/// </code>
/// The channel between them holds one block more than there are cores, so that memory does not depend on the file's length.
/// </remarks>
/// <param name="path">The file.</param>
/// <param name="keys">What may be read of it.</param>
/// <param name="blockLength">Bytes a block has at most, which is also the longest line.</param>
sealed class CsvRecord(string path, SeriesKeys keys, int blockLength = 1 << 20) : IRecord
{
    public const string SortRemedy = "sort the file by time: (head -n 1 F; tail -n +2 F | LC_ALL=C sort -s -t, -k1,1) > sorted.csv, when all times have the same offset";

    readonly ConcurrentBag<CsvParser> _parsers = [];

    public string Name => Path.GetFileName(path);

    public IReadOnlyList<UnknownSeries> Unknown =>
    [
        .. _parsers.SelectMany(parser => parser.Unknown)
            .GroupBy(series => (series.Name, series.Quantity), (key, some) => new UnknownSeries(key.Name, key.Quantity, some.Sum(one => one.Readings)))
            .OrderByDescending(series => series.Readings).ThenBy(series => series.Name, StringComparer.Ordinal),
    ];

    public async Task ReadAsync(PageTaker page, CancellationToken cancellation)
    {
        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var blocks = Channel.CreateBounded<Task<CsvPage>>(Environment.ProcessorCount + 1);
        var reading = Task.Run(() => Cut(blocks.Writer, abandon.Token), CancellationToken.None);
        try
        {
            var (line, last) = (2L, long.MinValue);
            await foreach (var parsing in blocks.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                using var parsed = await parsing.ConfigureAwait(false);
                if (parsed.First < last)
                    throw new RecordRefusedException(path, line, "measured_at lies before the line above", SortRemedy);
                last = Math.Max(last, parsed.Last);
                if (parsed.Readings.Length > 0)
                    page(parsed.Readings, parsed.Share);
                if (parsed.Fault is { } fault)
                    throw new RecordRefusedException(path, line + fault.Line, fault.Wrong, fault.Remedy);
                line += parsed.Lines;
            }
        }
        finally
        {
            await abandon.CancelAsync().ConfigureAwait(false);
            try
            {
                await reading.ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The judge has stopped before the file's end.
            }
            while (blocks.Reader.TryRead(out var unread))
                (await unread.ConfigureAwait(false)).Dispose();
        }
    }

    async Task Cut(ChannelWriter<Task<CsvPage>> blocks, CancellationToken cancellation)
    {
        try
        {
            using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
            var length = RandomAccess.GetLength(file);
            var (position, kept, left) = (0L, Rent(), 0);
            CsvHeader? header = null;
            while (true)
            {
                var got = RandomAccess.Read(file, kept.AsSpan(left, blockLength - left), position);
                position += got;
                left += got;
                if (left == 0)
                    break;
                var isLast = got == 0;
                var cut = isLast ? left : kept.AsSpan(0, left).LastIndexOf((byte)'\n') + 1;
                if (cut == 0)
                {
                    if (left == blockLength)
                        throw new RecordRefusedException(path, $"a line is longer than {blockLength} bytes", "is this a readings file?");
                    continue;
                }
                var next = Rent();
                kept.AsSpan(cut, left - cut).CopyTo(next);
                var (block, from, share) = (kept, 0, length == 0 ? 1 : (double)position / length);
                (kept, left) = (next, left - cut);
                if (header is null)
                {
                    var first = block.AsSpan(0, cut).IndexOf((byte)'\n');
                    from = first < 0 ? cut : first + 1;
                    header = CsvHeader.Of(block.AsSpan(0, from), path);
                }
                var columns = header;
                await blocks.WriteAsync(Task.Run(() => Parse(block, from, cut, columns, share), CancellationToken.None), cancellation).ConfigureAwait(false);
                if (isLast)
                    break;
            }
            ArrayPool<byte>.Shared.Return(kept);
            if (header is null)
                throw new RecordRefusedException(path, "the file is empty", $"its first line must be {CsvHeader.Right}");
            blocks.Complete();
        }
        catch (Exception wrong)
        {
            // It is the reader's to hear: it waits for the next block.
            blocks.Complete(wrong);
        }
    }

    CsvPage Parse(byte[] block, int from, int to, CsvHeader header, double share)
    {
        if (!_parsers.TryTake(out var parser))
            parser = new CsvParser(header, keys);
        var page = new CsvPage { Share = share };
        parser.Parse(block.AsSpan(from, to - from), page);
        ArrayPool<byte>.Shared.Return(block);
        _parsers.Add(parser);
        return page;
    }

    byte[] Rent() => ArrayPool<byte>.Shared.Rent(blockLength);
}
