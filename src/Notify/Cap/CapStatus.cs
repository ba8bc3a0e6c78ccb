namespace CanhLu.Notify.Cap;

/// <summary>Whether a message is meant (CAP 1.2, <c>status</c>).</summary>
public enum CapStatus
{
    /// <summary>It is: all who receive it act on it.</summary>
    Actual,

    /// <summary>A drill: only those who take part act on it.</summary>
    Exercise,

    /// <summary>A technical test: nobody acts on it.</summary>
    Test,
}

/// <summary>What a message does to those before it (CAP 1.2, <c>msgType</c>).</summary>
public enum CapMessageType
{
    /// <summary>The first of an episode.</summary>
    Alert,

    /// <summary>A later one: it takes the place of those it refers to.</summary>
    Update,

    /// <summary>The all-clear: what it refers to is over.</summary>
    Cancel,
}
