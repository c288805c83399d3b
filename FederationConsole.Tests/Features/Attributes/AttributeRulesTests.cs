using System.Text.Json.Nodes;
using FederationConsole.Features.Attributes;
using FederationConsole.Platform;
using FederationConsole.Tests.Features.ProjectFiles;

namespace FederationConsole.Tests.Features.Attributes;

/// <summary>The rules of a definition as a table: what stands in the form, the field at fault and a word of what is allowed.</summary>
public sealed class AttributeRulesTests
{
    private static readonly AttributeRules Rules = new(Example.Library);

    [Theory]
    [InlineData("""{ "id": "badge", "name": "工牌", "type": "string", "maxLength": 1 }""")]
    [InlineData("""{ "id": "Badge_2", "name": "工牌", "type": "string", "maxLength": 4000, "pattern": "^[A-Z]+$" }""")]
    [InlineData("""{ "id": "a2345678901234567890123456789012", "name": "长", "type": "integer", "min": 3, "max": 3 }""")]
    [InlineData("""{ "id": "part", "name": "小数", "type": "decimal", "min": -0.000001 }""")]
    [InlineData("""{ "id": "one", "name": "单选", "type": "enum", "options": [{ "code": "1", "label": "一" }] }""")]
    [InlineData("""{ "id": "some", "name": "多选", "type": "multi-enum", "options": [{ "code": "1", "label": "一" }, { "code": "2", "label": "一" }] }""")]
    [InlineData("""{ "id": "flag", "name": "是否", "type": "boolean", "required": true, "unique": true, "readOnly": true, "description": "" }""")]
    [InlineData("""{ "id": "site", "name": "网址", "type": "url" }""")]
    public void This_is_a_definition_and_comes_back_as_it_was(string json)
    {
        var read = Rules.Read(Node(json));
        Assert.Null(read.Fault);
        Assert.Null(Rules.Check(read.Value!));
        // What the file leaves out is off.
        var back = AttributeRules.Json(read.Value!);
        Assert.All(Node(json), key => Assert.True(JsonNode.DeepEquals(key.Value, back[key.Key]), key.Key));
        Assert.All(back.Where(key => !Node(json).ContainsKey(key.Key)), key => Assert.Equal("false", key.Value!.ToJsonString()));
    }

    [Theory]
    [InlineData("id", "\"\"", "id", "1 至 32")]
    [InlineData("id", "\"9lives\"", "id", "字母开头")]
    [InlineData("id", "\"a-b\"", "id", "字母开头")]
    [InlineData("id", "\"a23456789012345678901234567890123\"", "id", "1 至 32")]
    [InlineData("id", "\"phone\"", "id", "内置")]
    [InlineData("id", "\"Email\"", "id", "内置")]
    [InlineData("id", "\"MOBILE\"", "id", "内置")]
    [InlineData("id", "\"gender\"", "id", "内置")]
    [InlineData("id", "\"Gender\"", "id", "内置")]
    [InlineData("name", "\"\"", "name", "1 至 100")]
    [InlineData("name", "\"a\\nb\"", "name", "一行")]
    [InlineData("description", "\" x\"", "description", "首尾无空格")]
    [InlineData("type", "\"text\"", "type", "string")]
    [InlineData("maxLength", "0", "maxLength", "1")]
    [InlineData("maxLength", "4001", "maxLength", "4000")]
    [InlineData("maxLength", "1.5", "maxLength", "4000")]
    [InlineData("maxLength", "\"many\"", "maxLength", "4000")]
    [InlineData("pattern", "\"(\"", "pattern", "正则")]
    [InlineData("pattern", "\"(?=a)b\"", "pattern", "环视")]
    [InlineData("pattern", "\"(a)\\\\1\"", "pattern", "反向引用")]
    [InlineData("min", "1", "min", "")]
    [InlineData("options", "[]", "options", "")]
    public void This_is_not(string key, string value, string field, string allowed) =>
        Refused("""{ "id": "badge", "name": "工牌", "type": "string" }""", key, value, field, allowed);

    [Theory]
    [InlineData("integer", "max", "2", "max", "")]
    [InlineData("integer", "min", "1.5", "min", "整数")]
    [InlineData("decimal", "max", "2.9999999", "max", "6")]
    [InlineData("decimal", "min", "\"x\"", "min", "")]
    public void Bounds_are_numbers_of_the_type_and_in_order(string type, string key, string value, string field, string allowed) =>
        Refused($$"""{ "id": "size", "name": "尺码", "type": "{{type}}", "min": 3 }""", key, value, field, allowed);

    [Theory]
    [InlineData("[]", "1")]
    [InlineData("""[{ "code": "a", "label": "甲" }, { "code": "a", "label": "乙" }]""", "第 1 项")]
    [InlineData("""[{ "code": "a;b", "label": "甲" }]""", "分号")]
    [InlineData("""[{ "code": "", "label": "甲" }]""", "第 1 项")]
    [InlineData("""[{ "code": "a", "label": "甲" }, { "code": "b", "label": "" }]""", "第 2 项")]
    public void Options_are_at_least_one_and_their_codes_differ(string options, string allowed) =>
        Refused("""{ "id": "size", "name": "尺码", "type": "multi-enum", "options": [{ "code": "a", "label": "甲" }] }""", "options", options, "options", allowed);

    /// <summary>A project file is refused for the same, and at the same key.</summary>
    [Theory]
    [InlineData("id", "\"Gender\"")]
    [InlineData("maxLength", "4001")]
    [InlineData("pattern", "\"(\"")]
    public void A_project_file_has_the_same_rules(string key, string value) =>
        Assert.Contains(
            Example.Faults(Example.With(($"{{dev}}/attributes/1/{key}", value))),
            fault => fault.Path.EndsWith($"attributes[1].{key}", StringComparison.Ordinal));

    [Theory]
    [InlineData("Badge_No")]
    [InlineData("badge_no")]
    public void A_project_file_has_no_two_identifiers_that_differ_in_case_alone(string id) => Assert.Contains(
        Example.Faults(Example.With(("{dev}/attributes/2", $$"""{ "id": "{{id}}", "name": "x", "type": "url" }"""))),
        fault => fault.Path.EndsWith("attributes[2].id", StringComparison.Ordinal));

    private static void Refused(string json, string key, string value, string field, string allowed)
    {
        var before = System.Globalization.CultureInfo.CurrentUICulture;
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo("zh-CN");
        try
        {
            var definition = Node(json);
            Assert.Null(Rules.Read(definition).Fault);
            definition[key] = JsonNode.Parse(value);
            var fault = Rules.Read(definition).Fault;
            Assert.Equal((FaultKind.Invalid, field), (fault?.Kind, fault?.Field));
            Assert.Contains(allowed, fault!.Detail, StringComparison.Ordinal);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentUICulture = before;
        }
    }

    private static JsonObject Node(string json) => JsonNode.Parse(json)!.AsObject();
}
