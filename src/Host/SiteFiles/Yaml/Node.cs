using System.Collections.Immutable;

namespace CanhLu.Host.SiteFiles.Yaml;

/// <summary>One node of a YAML file, with its place.</summary>
/// <param name="Place">Where it begins.</param>
abstract record Node(Place Place)
{
    /// <summary>Whether something in it was already found wrong when the file was parsed.</summary>
    public virtual bool HoldsUnreadable => false;

    /// <summary>A single value.</summary>
    /// <param name="Place">Where it begins.</param>
    /// <param name="Text">Its text.</param>
    /// <param name="Plain">Whether it is written without quotes, so that it may be a number, true or null.</param>
    public sealed record Scalar(Place Place, string Text, bool Plain) : Node(Place)
    {
        /// <summary>Whether nothing is written there.</summary>
        public bool Nothing => Plain && Text is "" or "~" or "null";
    }

    /// <summary>A list.</summary>
    /// <param name="Place">Where it begins.</param>
    /// <param name="Items">Its entries.</param>
    public sealed record List(Place Place, ImmutableArray<Node> Items) : Node(Place)
    {
        /// <inheritdoc/>
        public override bool HoldsUnreadable { get; } = Items.Any(item => item.HoldsUnreadable);
    }

    /// <summary>A mapping; no key is in it twice.</summary>
    /// <param name="Place">Where it begins.</param>
    /// <param name="Entries">Its keys and values as they are written.</param>
    public sealed record Map(Place Place, ImmutableArray<Entry> Entries) : Node(Place)
    {
        /// <inheritdoc/>
        public override bool HoldsUnreadable { get; } = Entries.Any(entry => entry.Value.HoldsUnreadable);

        /// <summary>The value of a key; null when it is not there.</summary>
        public Node? this[string key] => Entries.FirstOrDefault(entry => entry.Key.Text == key)?.Value;
    }

    /// <summary>Something that was already found wrong: whoever meets it says nothing more.</summary>
    /// <param name="Place">Where it begins.</param>
    public sealed record Unreadable(Place Place) : Node(Place)
    {
        /// <inheritdoc/>
        public override bool HoldsUnreadable => true;
    }

    /// <summary>A key and its value.</summary>
    /// <param name="Key">The key.</param>
    /// <param name="Value">The value.</param>
    public sealed record Entry(Scalar Key, Node Value);
}
