using System.Text.Json;
using FederationConsole.Features.Attributes;
using FederationConsole.Platform;

namespace FederationConsole.Tests.Features.Attributes;

public sealed class AttributeValueTests
{
    private static readonly Dictionary<string, AttributeDefinition> Attributes = new AttributeDefinition[]
    {
        new() { Id = "text", Name = "文本", Type = AttributeType.String, MaxLength = 5 },
        new() { Id = "badge", Name = "工牌", Type = AttributeType.String, Pattern = "^[A-Z]{2}[0-9]+$|x" },
        new() { Id = "whole", Name = "整数", Type = AttributeType.Integer, Min = -3, Max = 10 },
        new() { Id = "part", Name = "小数", Type = AttributeType.Decimal, Min = 0.5m },
        new() { Id = "flag", Name = "是否", Type = AttributeType.Boolean },
        new() { Id = "day", Name = "日期", Type = AttributeType.Date },
        new() { Id = "at", Name = "时间", Type = AttributeType.Datetime },
        new() { Id = "one", Name = "单选", Type = AttributeType.Enum, Options = [new("1", "男"), new("2", "女")] },
        new() { Id = "some", Name = "多选", Type = AttributeType.MultiEnum, Options = [new("a", "甲"), new("b", "乙"), new("c", "丙")] },
        new() { Id = "site", Name = "网址", Type = AttributeType.Url },
    }.ToDictionary(a => a.Id);

    /// <summary>The JSON that comes, the text that is stored, the JSON that goes out.</summary>
    [Theory]
    [InlineData("text", "\"中文五个字\"", "中文五个字", null)]
    [InlineData("badge", "\"AB12\"", "AB12", null)]
    [InlineData("whole", "-3", "-3", null)]
    [InlineData("whole", "10", "10", null)]
    [InlineData("part", "0.5", "0.5", null)]
    [InlineData("part", "7.100000", "7.1", "7.1")]
    [InlineData("flag", "false", "false", null)]
    [InlineData("day", "\"2024-02-29\"", "2024-02-29", null)]
    [InlineData("at", "\"2026-12-01T09:00:00+08:00\"", "2026-12-01T01:00:00Z", "\"2026-12-01T01:00:00Z\"")]
    [InlineData("at", "\"2026-12-01T01:00:00.25Z\"", "2026-12-01T01:00:00.25Z", null)]
    [InlineData("one", "\"2\"", "2", null)]
    [InlineData("some", "[\"c\",\"a\"]", "[\"a\",\"c\"]", "[\"a\",\"c\"]")]
    [InlineData("site", "\"https://example.com/a?b=1\"", "https://example.com/a?b=1", null)]
    public void A_value_has_one_text_and_comes_back_as_it_was(string id, string json, string stored, string? back)
    {
        var read = AttributeValue.Read(Attributes[id], Element(json));
        Assert.Equal(stored, read.Value);
        Assert.True(AttributeValue.Fits(Attributes[id], stored));
        Assert.Equal(back ?? json, AttributeValue.ToJson(Attributes[id], stored).ToJsonString(new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal(stored, AttributeValue.ReadTyped(Attributes[id], AttributeValue.ToTyped(Attributes[id], stored)).Value);
    }

    [Theory]
    [InlineData("text", "\"六个字的文本\"")]
    [InlineData("text", "\"a\\nb\"")]
    [InlineData("text", "\"\\ud800\"")]
    [InlineData("text", "5")]
    [InlineData("badge", "\"AB12x\"")]
    [InlineData("badge", "\"AB12\\n\"")]
    [InlineData("whole", "11")]
    [InlineData("whole", "1.0")]
    [InlineData("whole", "1e1")]
    [InlineData("whole", "\"1\"")]
    [InlineData("part", "0.4999999")]
    [InlineData("part", "0.1234567")]
    [InlineData("part", "1e400")]
    [InlineData("flag", "\"true\"")]
    [InlineData("flag", "1")]
    [InlineData("day", "\"2026-02-29\"")]
    [InlineData("day", "\"2026-1-2\"")]
    [InlineData("at", "\"2026-12-01T09:00:00\"")]
    [InlineData("at", "\"2026-12-01\"")]
    [InlineData("one", "\"男\"")]
    [InlineData("one", "[\"1\"]")]
    [InlineData("some", "[\"a\",\"a\"]")]
    [InlineData("some", "[\"a\",null]")]
    [InlineData("some", "[[\"a\"]]")]
    [InlineData("some", "\"a\"")]
    [InlineData("site", "\"javascript:alert(1)\"")]
    [InlineData("site", "{}")]
    public void What_is_not_allowed_is_refused_by_the_attributes_name(string id, string json)
    {
        var read = AttributeValue.Read(Attributes[id], Element(json));
        Assert.Equal((FaultKind.Invalid, id), (read.Fault?.Kind, read.Fault?.Field));
        Assert.Equal(AttributeValue.Allowed(Attributes[id]), read.Fault!.Detail);
    }

    [Theory]
    [InlineData("text", "null")]
    [InlineData("text", "\"\"")]
    [InlineData("whole", "null")]
    [InlineData("some", "[]")]
    public void Nothing_is_no_value(string id, string json) => Assert.Equal("", AttributeValue.Read(Attributes[id], Element(json)).Value);

    [Fact]
    public void People_type_codes_with_semicolons()
    {
        Assert.Equal("[\"a\",\"c\"]", AttributeValue.ReadTyped(Attributes["some"], " c; a ").Value);
        Assert.Equal("a;c", AttributeValue.ToTyped(Attributes["some"], "[\"a\",\"c\"]"));
    }

    [Fact]
    public void A_stored_value_is_held_against_the_definition_of_today()
    {
        Assert.False(AttributeValue.Fits(Attributes["whole"] with { Max = 9 }, "10"));
        Assert.False(AttributeValue.Fits(Attributes["some"] with { Options = [new("a", "甲")] }, "[\"a\",\"c\"]"));
        Assert.False(AttributeValue.Fits(Attributes["whole"], "AB12"));
        Assert.True(AttributeValue.Fits(Attributes["text"], "10"));
    }

    private static JsonElement Element(string json) => JsonDocument.Parse(json).RootElement;
}
