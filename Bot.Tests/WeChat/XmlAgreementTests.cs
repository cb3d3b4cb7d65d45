using System.Text;
using System.Xml;
using System.Xml.Linq;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.WeChat;

/// <summary>The scanner against .NET's own reader, which is slower but knows all of XML.</summary>
public class XmlAgreementTests
{
    [Test]
    public void Agrees_with_the_frameworks_reader_on_whatever_that_accepts()
    {
        var random = new Random(4_711);
        var bodies = Fixture.Names("*.xml").Select(name => Encoding.UTF8.GetString(Fixture.Bytes(name))).ToArray();
        string[] spice =
        [
            "<![CDATA[", "]]>", "&amp;", "&#x653F;", "<!-- c -->", "<x>", "</x>", "<x/>", " ", "\n", "]", ">", "a=\"b>\"", "'", "<x y='<'>", "政", "😀",
        ];
        var compared = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var body = bodies[random.Next(bodies.Length)];
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                body = body.Insert(random.Next(body.Length + 1), spice[random.Next(spice.Length)]);
            if (Expected(body) is not { } expected)
                continue;
            compared++;
            Assert.That(Read(body), Is.EqualTo(expected), body);
        }

        Assert.That(compared, Is.GreaterThan(2_000), "enough changes must leave the body well-formed");
    }

    private static List<(string, string)>? Expected(string body)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return [.. XElement.Load(reader, LoadOptions.PreserveWhitespace).DescendantsAndSelf()
                .Select(e => (e.Name.LocalName, e.HasElements ? "" : e.Value.Trim()))];
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static List<(string, string)>? Read(string body)
    {
        var table = new FieldTable(Fields.Body(Fixture.Utf8(body)), new Field[FieldTable.Usual]);
        if (!Fields.Read(ref table, out _))
            return null;
        var read = new List<(string, string)>();
        for (var i = 0; i < table.Count; i++)
            read.Add((Encoding.UTF8.GetString(table.Name(i)), Encoding.UTF8.GetString(table.Value(i)).Trim()));
        table.Dispose();
        return read;
    }
}
