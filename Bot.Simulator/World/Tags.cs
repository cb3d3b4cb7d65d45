namespace Bot.Simulator.World;

/// <summary>Tags of the account; 0, 1 and 2 are the platform's own. Under <see cref="Citizens.Gate"/>.</summary>
internal sealed class Tags
{
    private readonly SortedDictionary<int, string> _names = new() { [2] = "星标组" };
    private int _last = 99;

    public IReadOnlyDictionary<int, string> All => _names;

    public static bool IsSystem(int id) => id is >= 0 and <= 2;

    public int Add(string name)
    {
        _names.Add(++_last, name);
        return _last;
    }

    public void Rename(int id, string name) => _names[id] = name;

    public bool Remove(int id) => _names.Remove(id);
}
