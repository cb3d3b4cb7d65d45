using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Bot.Host.Pages.Console;

/// <summary>How an act is taken back: the form that the toast's 撤销 sends. It is a form like others, and looks again whether it may.</summary>
/// <param name="Address">A handler's, such as <c>/console/settings?handler=Save</c>.</param>
public sealed record Undo(string Address, Dictionary<string, string> Fields)
{
    private const string Key = "undo";

    // It travels in a cookie: Chinese is not to become six times as long.
    private static readonly JsonSerializerOptions s_short = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void Keep(ITempDataDictionary temp, Undo undo) => temp[Key] = JsonSerializer.Serialize(undo, s_short);

    internal static Undo? Read(ITempDataDictionary temp) => temp[Key] is string kept ? JsonSerializer.Deserialize<Undo>(kept) : null;
}
