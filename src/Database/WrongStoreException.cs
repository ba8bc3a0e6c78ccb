namespace CanhLu.Database;

/// <summary>The operations store is for something else than what it was opened for.</summary>
/// <param name="path">The file.</param>
/// <param name="wanted">What it was opened for.</param>
public sealed class WrongStoreException(string path, StoreMode wanted) : Exception(wanted == StoreMode.Drill
    ? $"{path} is the store of a real engine: a drill never works on it. Give the drill a folder of its own with --data."
    : $"{path} is the store of a drill: a real engine, and a roster of residents, need another folder. Give one with --data.");
