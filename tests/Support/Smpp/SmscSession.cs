using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace CanhLu.Tests.Support.Smpp;

/// <summary>One line to the message centre: answers in order, and sends receipts while it is bound to receive.</summary>
sealed class SmscSession(PretendSmsc smsc, TcpClient line) : IDisposable
{
    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    readonly SemaphoreSlim _writing = new(1);
    readonly CancellationTokenSource _cut = new();
    readonly ConcurrentDictionary<uint, SmscMessage> _unconfirmed = new();
    uint _sequence;
    volatile bool _receives;

    /// <summary>Receipts sent and not confirmed.</summary>
    public int Unconfirmed => _unconfirmed.Count;

    public void Cut()
    {
        _cut.Cancel();
        line.Dispose();
    }

    public void Dispose()
    {
        _cut.Dispose();
        _writing.Dispose();
        line.Dispose();
    }

    public async Task Run()
    {
        var receipts = Receipts();
        try
        {
            while (await SmppPdu.Read(line.GetStream(), _cut.Token) is { } pdu)
            {
                if (Answer(pdu) is not { } answer)
                    continue;
                await Write(answer);
                if (pdu.Command == SmppPdu.SubmitSm && answer.Status == 0)
                    smsc.Answered(Encoding.ASCII.GetString(answer.Body.AsSpan(0, answer.Body.Length - 1)));
                if (pdu.Command == SmppPdu.Unbind)
                    break;
            }
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException or ObjectDisposedException or EndOfStreamException)
        {
            // The line is cut.
        }
        Cut();
        await receipts;
        foreach (var message in _unconfirmed.Values)
            smsc.Owe(message);
        smsc.Gone(this);
        Dispose();
    }

    SmppPdu? Answer(SmppPdu pdu)
    {
        smsc.Asked.AddOrUpdate(pdu.Command, 1, (_, count) => count + 1);
        switch (pdu.Command)
        {
            case SmppPdu.BindReceiver or SmppPdu.BindTransceiver or SmppPdu.BindTransmitter:
                _receives = pdu.Command != SmppPdu.BindTransmitter;
                return pdu.Reply(body: SmppPdu.CString("pretend"));
            case SmppPdu.SubmitSm:
                return smsc.Judge(SubmitSm.Of(pdu.Body)) is { } judged
                    ? pdu.Reply(judged.Status, judged.Status == 0 ? SmppPdu.CString(judged.Id) : [])
                    : null;
            case SmppPdu.DeliverSm | SmppPdu.Answer:
                _unconfirmed.TryRemove(pdu.Sequence, out _);
                return null;
            case SmppPdu.EnquireLink or SmppPdu.Unbind:
                return pdu.Reply();
            case SmppPdu.EnquireLink | SmppPdu.Answer or SmppPdu.GenericNack:
                return null;
            default:
                return new SmppPdu(SmppPdu.GenericNack, SmppPdu.InvalidCommand, pdu.Sequence, []);
        }
    }

    async Task Receipts()
    {
        try
        {
            using var ticks = new PeriodicTimer(Between, RealTime.Provider);
            while (await ticks.WaitForNextTickAsync(_cut.Token))
            {
                while (_receives && smsc.NextReceipt(out var message))
                {
                    var sequence = ++_sequence;
                    _unconfirmed[sequence] = message!;
                    await Write(new SmppPdu(SmppPdu.DeliverSm, 0, sequence, Receipt(message!)));
                }
            }
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The line is cut; what was not confirmed is owed again.
        }
    }

    /// <summary>A receipt as appendix B of SMPP 3.4 has it.</summary>
    byte[] Receipt(SmscMessage message)
    {
        var fate = smsc.Fate(message.Sm.To)!;
        var (delivered, error) = fate == "DELIVRD" ? ("001", "000") : ("000", "069");
        var text = Encoding.ASCII.GetBytes(
            $"id:{message.Id} sub:001 dlvrd:{delivered} submit date:2510292114 done date:2510292115 stat:{fate} err:{error} text:");
        return
        [
            0, 1, 1, .. SmppPdu.CString(message.Sm.To), 0, 1, .. SmppPdu.CString(message.Sm.From),
            0x04, 0, 0, 0, 0, 0, 0, 0, 0, (byte)text.Length, .. text,
        ];
    }

    async Task Write(SmppPdu pdu)
    {
        await _writing.WaitAsync(_cut.Token);
        try
        {
            await line.GetStream().WriteAsync(pdu.ToBytes(), _cut.Token);
        }
        finally
        {
            _writing.Release();
        }
    }
}
