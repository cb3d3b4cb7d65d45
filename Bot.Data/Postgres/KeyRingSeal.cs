using System.Text;
using System.Xml.Linq;
using Bot.Data.Privacy;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Data.Postgres;

/// <summary>Seals the keys that protect forms with the first of <c>Privacy:Keys</c>, so that a backup does not hold them. Where that key is taken out of the setting they are made anew.</summary>
internal sealed class KeyRingSeal(MasterKeys masters, CipherSuite suite) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
        new("sealed", new XAttribute("master", masters.Current), new XAttribute("suite", suite.Name), Convert.ToBase64String(masters.Seal(suite, Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting))))),
        typeof(KeyRingOpener));
}

/// <summary>Found by its name in what was sealed: it keeps it.</summary>
internal sealed class KeyRingOpener(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => XElement.Parse(Encoding.UTF8.GetString(services.GetRequiredService<MasterKeys>().Open(
        CipherSuite.Find((string)encryptedElement.Attribute("suite")!)!, (string)encryptedElement.Attribute("master")!, Convert.FromBase64String(encryptedElement.Value))));
}
