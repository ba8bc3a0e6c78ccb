using CanhLu.Database;
using CanhLu.Duty;
using CanhLu.Ingest;
using NodaTime;

namespace CanhLu.Host;

/// <summary>The front door's memory in the operations store.</summary>
/// <param name="operations">The store.</param>
sealed class DoorMemory(Operations operations) : IDoorMemory
{
    readonly AccountRows _accounts = new(operations);
    readonly DoorRows _door = new(operations);

    public IReadOnlyList<Account> Accounts() => [.. _accounts.All().Select(row => new Account(
        row.Name, row.Role == "technician" ? AccountRole.Technician : AccountRole.Device, row.PasswordHash,
        row.CreatedAt, row.CreatedBy, row.RevokedAt, row.RevokedBy)
    {
        RenewedAt = row.RenewedAt,
        RenewedBy = row.RenewedBy,
        FormerHash = row.FormerHash,
        FormerUntil = row.FormerUntil,
    })];

    public string AccountsMark() => _accounts.Mark();

    // The engine's own account is nobody's deed.
    public bool Add(Account account) => _accounts.Add(
        new AccountRow
        {
            Name = account.Name,
            Role = account.Role == AccountRole.Technician ? "technician" : "device",
            PasswordHash = account.PasswordHash,
            CreatedAt = account.CreatedAt,
            CreatedBy = account.CreatedBy,
        },
        note: account.Name != Canary.Id);

    public bool Revoke(string name, Instant at, string by) => _accounts.Revoke(name, at, by, note: name != Canary.Id);

    public bool Renew(string name, string hash, Instant? formerUntil, Instant at, string by) => _accounts.Renew(name, hash, formerUntil, at, by);

    public void EndFormer(Instant now) => _accounts.EndFormer(now);

    public IReadOnlyList<KeptSession> Sessions()
    {
        var commands = _door.Commands().ToLookup(
            row => new SessionKey(row.Account, row.ClientId), row => new KeptCommand(row.Number, (ushort)row.PacketId, row.Payload, row.DeviceOrder));
        return [.. _door.Sessions().Select(row =>
        {
            var key = new SessionKey(row.Account, row.ClientId);
            return new KeptSession(key, (uint)row.Expiry, row.CommandQos, [.. commands[key]]);
        })];
    }

    public void Keep(SessionKey key, uint expiry, int? commandQos) => _door.Keep(key.Account, key.ClientId, expiry, commandQos);

    public void Forget(SessionKey key) => _door.Forget(key.Account, key.ClientId);

    public long Keep(SessionKey key, byte[] payload, Instant at, long? order = null) => _door.Keep(key.Account, key.ClientId, payload, at, order);

    public void Sent(long command, ushort packetId) => _door.Sent(command, packetId);

    public void Arrived(long command) => _door.Arrived(command);

    public void Settled(long order, bool isTaken, Instant at) => _door.Settled(order, isTaken ? nameof(OrderState.Delivered) : nameof(OrderState.Refused), at);
}
