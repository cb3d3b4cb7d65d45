using System.Text;

namespace Bot.WeChat;

/// <summary>What a push holds that this release has no record for.</summary>
internal static class UnknownFields
{
    /// <summary>Every leaf by its path below the root; the second of equal paths ends in <c>[2]</c>, and so on.</summary>
    public static IReadOnlyDictionary<string, string> Of(in FieldTable fields)
    {
        var leaves = new Dictionary<string, string>(StringComparer.Ordinal);
        var paths = new string[fields.Count];
        for (var i = 1; i < fields.Count; i++)
        {
            var name = Encoding.UTF8.GetString(fields.Name(i));
            var parent = fields[i].Parent;
            var nth = Nth(fields, i);
            paths[i] = (parent == FieldTable.Root ? "" : paths[parent] + "/") + name + (nth == 1 ? "" : $"[{nth}]");
            if (fields[i].Leaf)
                leaves.TryAdd(paths[i], Encoding.UTF8.GetString(fields.Value(i)));
        }

        return leaves;
    }

    private static int Nth(in FieldTable fields, int index)
    {
        var nth = 1;
        for (var i = fields.Find(fields[index].Parent, fields.Name(index)); i < index; i = fields.Find(fields[index].Parent, fields.Name(index), i + 1))
            nth++;
        return nth;
    }
}
