using System.Globalization;

namespace CanhLu.Database;

/// <summary>The file was written by a newer version of the engine; this one would not understand all of it.</summary>
/// <param name="path">The file.</param>
/// <param name="found">The schema step found in it.</param>
/// <param name="known">The last step that this version knows.</param>
public sealed class NewerSchemaException(string path, int found, int known) : Exception(string.Create(
    CultureInfo.InvariantCulture,
    $"{path} was written by a newer Canh Lũ (schema step {found}; this version knows {known}). Start the newer version, or restore the backup made before the upgrade."));
