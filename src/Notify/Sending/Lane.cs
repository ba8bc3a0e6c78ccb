namespace CanhLu.Notify;

/// <summary>The lanes of the outbox: at every carrier, what is in a higher lane goes before all that is in a lower one.</summary>
static class Lane
{
    public const int Residents = 0;

    /// <summary>Whoever must decide or act is never behind the many who are told.</summary>
    public const int Officers = 1;

    /// <summary>The lane of a bulletin's deliveries.</summary>
    public static int Of(Bulletin bulletin) => bulletin.Kind == BulletinKind.Reminder ? Officers : Residents;
}
