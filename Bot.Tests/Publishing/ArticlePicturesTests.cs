using Bot.Handlers.Publishing;
using NUnit.Framework;

namespace Bot.Tests.Publishing;

public sealed class ArticlePicturesTests
{
    private static byte[] Cover => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Demo", "cover.png"));

    [Test]
    public void A_picture_becomes_one_that_WeChat_takes()
    {
        Assert.That(ArticlePictures.Read(Cover), Is.InstanceOf<PictureRead.Kept>());
        var kept = (PictureRead.Kept)ArticlePictures.Read(Cover);
        Assert.That((kept.Width, kept.Height), Is.EqualTo((900, 383)));
        Assert.That(kept.Content, Has.Length.LessThan(1_000_000));
        Assert.That(kept.Type, Is.AnyOf("image/jpeg", "image/png"));
    }

    [Test]
    public void A_picture_of_20_MB_is_refused_by_its_size()
    {
        byte[] large = [.. Cover, .. new byte[20 * 1024 * 1024]];
        Assert.That(ArticlePictures.Read(large), Is.InstanceOf<PictureRead.Refused>());
        Assert.That(((PictureRead.Refused)ArticlePictures.Read(large)).Words, Does.Contain("20").And.Contain("最大 10 MB"));
    }

    [TestCase("")]
    [TestCase("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [TestCase("push graphic-context viewbox 0 0 640 480 image over 0,0 0,0 'https://evil.example'")]
    [TestCase("GIF89a")]
    public void What_is_no_picture_of_a_known_kind_never_reaches_the_decoder(string text) =>
        Assert.That(ArticlePictures.Read(System.Text.Encoding.UTF8.GetBytes(text)), Is.InstanceOf<PictureRead.Refused>());

    [Test]
    public void A_broken_picture_is_refused() => Assert.That(ArticlePictures.Read([.. Cover[..60]]), Is.InstanceOf<PictureRead.Refused>());
}
