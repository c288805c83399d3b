using System.Security.Cryptography;
using System.Text;
using FederationConsole.Features.Sources.Upstreams;

namespace FederationConsole.Tests.Features.Sources.Upstreams;

/// <summary>What third parties send, and what is made of it.</summary>
public sealed class AnswersTests
{
    [Theory]
    [InlineData("callback( {\"openid\":\"A\"} );\n", "A")]
    [InlineData("callback({\"openid\":\"A\",});", "A")]
    [InlineData(" {\"openid\":\"A\"} ", "A")]
    [InlineData("{\"openid\":\"a)b\"}", "a)b")]
    [InlineData("callback( {\"openid\":\"a)b(\"} )", "a)b(")]
    [InlineData("openid=A%2BB&x=1", "A+B")]
    [InlineData("openid=A+B", "A B")]
    [InlineData("{\"openid\":7}", "7")]
    [InlineData("{\"openid\":12345678901234567890}", "12345678901234567890")]
    [InlineData("{\"openid\":null}", null)]
    [InlineData("{\"openid\":\"\"}", null)]
    [InlineData("{\"openid\":\"\\ud800\"}", null)]
    [InlineData("{\"openid\":\"a\\u0000\"}", null)]
    [InlineData("{\"openid\":{\"openid\":\"A\"}}", null)]
    public void An_id_is_found_in_each_wrapping(string body, string? id) =>
        Assert.Equal(id, Answers.Id(Answers.JsonpOrForm(Encoding.UTF8.GetBytes(body))!.Value, "openid"));

    [Theory]
    [InlineData("")]
    [InlineData("<html a=b>")]
    [InlineData("callback(")]
    [InlineData(")(")]
    [InlineData("callback( [1] )")]
    [InlineData("{\"a\":")]
    [InlineData("nothing")]
    public void Nonsense_is_nothing(string body)
    {
        Assert.Null(Answers.JsonpOrForm(Encoding.UTF8.GetBytes(body)));
        Assert.Null(Answers.Json(Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_no_text() =>
        Assert.Null(Answers.Json("{\"a\":\"\xff\"}"u8.ToArray().Select(b => b == 0xc3 ? (byte)0xff : b).ToArray()) is { } body ? Answers.Text(body, "a") : null);

    [Theory]
    [InlineData("7200", 7200L)]
    [InlineData("\"7200\"", 7200L)]
    [InlineData("-1", -1L)]
    [InlineData("1e3", 1000L)]
    [InlineData("1e400", null)]
    [InlineData("\"soon\"", null)]
    [InlineData("true", null)]
    public void A_number_is_one_in_either_form(string value, long? number) => Assert.Equal(number, Answers.Number(Read($$"""{"a":{{value}}}"""), "a"));

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"true\"", true)]
    [InlineData("\"True\"", true)]
    [InlineData("false", false)]
    [InlineData("\"false\"", false)]
    [InlineData("1", false)]
    [InlineData("null", false)]
    public void A_truth_is_one_in_either_form(string value, bool truth) => Assert.Equal(truth, Answers.IsTrue(Read($$"""{"a":{{value}}}"""), "a"));

    [Fact]
    public void A_name_is_not_cut_in_the_middle_of_a_character()
    {
        Assert.Equal(63, Answers.Nickname(Read($$"""{"a":"{{new string('x', 63)}}😀"}"""), "a")!.Length);
        Assert.Equal("second", Answers.Nickname(Read("""{"a":"","b":"second"}"""), "a", "b"));
        Assert.Null(Answers.Avatar(Read($$"""{"a":"{{new string('x', 1025)}}"}"""), "a"));
    }

    [Fact]
    public void A_secret_is_hidden_in_every_form_before_the_text_is_cut()
    {
        var hidden = Masking.Hide("""a/b+c a%2Fb%2Bc a\/b+c a\u002Bb a%2fb%2bc abc-long""", ["a/b+c", "a+b", "abc", "abc-long", ""]);
        Assert.Equal("••• ••• ••• ••• ••• •••", hidden);
    }

    [Fact]
    public void A_key_is_read_as_administrators_have_it()
    {
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var line = (string pem) => pem.ReplaceLineEndings("");
        foreach (var text in new[] { rsa.ExportPkcs8PrivateKeyPem(), rsa.ExportRSAPrivateKeyPem(), line(rsa.ExportPkcs8PrivateKeyPem()), Convert.ToBase64String(rsa.ExportPkcs8PrivateKey()), Convert.ToBase64String(rsa.ExportRSAPrivateKey()) })
        {
            using var read = PemKeys.RsaPrivate(text);
            Assert.Equal(rsa.ExportRSAPublicKey(), read!.ExportRSAPublicKey());
        }

        foreach (var text in new[] { rsa.ExportSubjectPublicKeyInfoPem(), line(rsa.ExportSubjectPublicKeyInfoPem()), Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()), Convert.ToBase64String(rsa.ExportRSAPublicKey()) })
        {
            using var read = PemKeys.RsaPublic(text);
            Assert.Equal(rsa.ExportRSAPublicKey(), read!.ExportRSAPublicKey());
        }

        using var apple = PemKeys.EcPrivate(line(ec.ExportPkcs8PrivateKeyPem()));
        Assert.Equal(ec.ExportSubjectPublicKeyInfo(), apple!.ExportSubjectPublicKeyInfo());
        Assert.Null(PemKeys.EcPrivate(rsa.ExportPkcs8PrivateKeyPem()));
        Assert.Null(PemKeys.RsaPrivate("hush-apple\nsecond line"));
        Assert.Null(PemKeys.RsaPublic(""));
    }

    private static System.Text.Json.JsonElement Read(string json) => Answers.Json(Encoding.UTF8.GetBytes(json))!.Value;
}
