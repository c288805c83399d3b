using FederationConsole.Features.Projects;

namespace FederationConsole.Tests.Features.Projects;

public sealed class ReturnUrlsTests
{
    private static readonly string[] Bases = ["https://a.example/app/", "http://localhost:5080/", "https://b.example/in"];

    [Theory]
    [InlineData("https://a.example/app/")]
    [InlineData("https://a.example:443/app/x/y?z=https://evil.example/#//")]
    [InlineData("HTTPS://A.Example/app/")]
    [InlineData("http://localhost:5080")]
    [InlineData("http://localhost:5080/any?x")]
    [InlineData("https://b.example/in")]
    [InlineData("https://b.example/in?x")]
    [InlineData("https://b.example/in/x")]
    public void What_is_under_one_is_taken(string returl) => Assert.NotNull(ReturnUrls.Find(Bases, returl));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("/app/")]
    [InlineData("//a.example/app/")]
    [InlineData("https:a.example/app/")]
    [InlineData("https:/a.example/app/")]
    [InlineData("https:///a.example/app/")]
    [InlineData("javascript:alert(1)//https://a.example/app/")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData(" https://a.example/app/")]
    [InlineData("https://a.example/app/\n")]
    [InlineData("https://a.example\\@evil.example/app/")]
    [InlineData("https://a.example/app/\\..\\x")]
    [InlineData("https://a.example@evil.example/app/")]
    [InlineData("https://x:y@a.example/app/")]
    [InlineData("https://@a.example/app/")]
    [InlineData("https://a.example./app/")]
    [InlineData("https://a.example.evil.example/app/")]
    [InlineData("https://evil.example/https://a.example/app/")]
    [InlineData("http://a.example/app/")]
    [InlineData("https://a.example:8443/app/")]
    [InlineData("http://localhost:5081/")]
    [InlineData("http://127.0.0.1:5080/")]
    [InlineData("https://a.example/app")]
    [InlineData("https://a.example/application")]
    [InlineData("https://a.example/APP/")]
    [InlineData("https://a.example/app/../x")]
    [InlineData("https://a.example/app/%2e%2e/x")]
    [InlineData("https://a.example/app%2fx")]
    [InlineData("https://a.example/app/x%2F..%2Fy")]
    [InlineData("https://a.example/app/%5c")]
    [InlineData("https://a.exampl%65/app/")]
    [InlineData("https://\u0430.example/app/")]
    [InlineData("https://b.example/inner")]
    public void Everything_else_is_not(string? returl) => Assert.Null(ReturnUrls.Find(Bases, returl));

    [Theory]
    [InlineData("https://a.example/", true)]
    [InlineData("https://a.example/app", true)]
    [InlineData("http://localhost:5080/", true)]
    [InlineData("https://a.example/?x=1", false)]
    [InlineData("https://a.example/#x", false)]
    [InlineData("https://a@b.example/", false)]
    [InlineData("https://a.example./", false)]
    [InlineData("ftp://a.example/", false)]
    [InlineData("a.example", false)]
    public void What_may_stand_in_the_list(string text, bool may) => Assert.Equal(may, ReturnUrls.IsBase(text));

    [Fact]
    public void Origins_are_those_of_the_list()
    {
        Assert.True(ReturnUrls.HasOrigin(Bases, "https://a.example"));
        Assert.True(ReturnUrls.HasOrigin(Bases, "http://localhost:5080"));
        Assert.All(new[] { null, "", "null", "https://a.example/", "http://a.example", "https://evil.example" }, origin => Assert.False(ReturnUrls.HasOrigin(Bases, origin)));
    }
}
