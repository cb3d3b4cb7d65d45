using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Bot.Handlers;
using Bot.Handlers.Texts;
using Bot.Host.Delivery;
using NUnit.Framework;

namespace Bot.Tests.House;

public sealed class TextTests
{
    private static readonly Assembly[] s_speaking = [typeof(BotRoutes).Assembly, typeof(Inbox).Assembly];

    private static IEnumerable<Type> Speakers() => s_speaking.SelectMany(assembly => assembly.GetTypes())
        .Where(type => !type.ContainsGenericParameters && Sentences(type).Any());

    private static IEnumerable<FieldInfo> Sentences(Type type) =>
        type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(field => field.FieldType == typeof(Text));

    [TestCaseSource(nameof(Speakers))]
    public void Every_sentence_that_is_asked_for_is_in_the_file(Type type)
    {
        Assert.That(() => RuntimeHelpers.RunClassConstructor(type.TypeHandle), Throws.Nothing);
        foreach (var field in Sentences(type))
            Assert.That(Text.Keys, Does.Contain(((Text)field.GetValue(null)!).Key), field.Name);
    }

    [Test]
    public void Every_handler_finds_its_words_when_it_is_first_used()
    {
        foreach (var type in BotRoutes.Table.Select(route => route.Target).Distinct())
            Assert.That(() => RuntimeHelpers.RunClassConstructor(type.TypeHandle), Throws.Nothing, type.Name);
    }

    [Test]
    public void Every_sentence_in_the_file_is_said_by_somebody()
    {
        var literals = s_speaking.SelectMany(UserStrings.Of).ToHashSet(StringComparer.Ordinal);
        Assert.That(Text.Keys.Where(key => !literals.Contains(key)), Is.Empty);
    }

    [Test]
    public void No_sentence_is_empty_or_too_long_for_a_message()
    {
        foreach (var key in Text.Keys)
            Assert.That(Encoding.UTF8.GetByteCount(Text.Of(key).Say()), Is.InRange(1, 2000), key);
    }
}
